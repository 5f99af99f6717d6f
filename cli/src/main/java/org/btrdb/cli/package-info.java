@NullMarked
package org.btrdb.cli;

import org.jspecify.annotations.NullMarked;
