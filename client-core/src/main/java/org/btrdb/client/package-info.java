@NullMarked
package org.btrdb.client;

import org.jspecify.annotations.NullMarked;
