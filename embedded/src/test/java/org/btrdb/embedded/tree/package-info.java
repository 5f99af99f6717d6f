/** Tests of the tree by itself. */
@NullMarked
package org.btrdb.embedded.tree;

import org.jspecify.annotations.NullMarked;
