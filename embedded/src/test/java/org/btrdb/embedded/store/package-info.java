/** Tests of the bytes on the disk. */
@NullMarked
package org.btrdb.embedded.store;

import org.jspecify.annotations.NullMarked;
