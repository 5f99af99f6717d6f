/**
 * Columns of points and window statistics as they travel from a tree to the reader: primitive
 * arrays, handed over without copying and never an object for each point.
 */
@NullMarked
package org.btrdb.client.batch;

import org.jspecify.annotations.NullMarked;
