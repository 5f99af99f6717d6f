/**
 * The metadata of streams: what a stream may be called, and the indexes that find it by uuid, by
 * collection and by name without a scan.
 */
@NullMarked
package org.btrdb.embedded.meta;

import org.jspecify.annotations.NullMarked;
