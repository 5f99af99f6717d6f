/**
 * Reads of a collection's streams side by side: points merged on time, or statistics merged on
 * buckets.
 */
@NullMarked
package org.btrdb.sql.wide;

import org.jspecify.annotations.NullMarked;
