@NullMarked
package org.btrdb.embedded;

import org.jspecify.annotations.NullMarked;
