/**
 * BTrDB's time: signed 64-bit nanoseconds since the Unix epoch, UTC, without leap seconds; its
 * domain, ranges and text forms. All time arithmetic of the project that is not SQL lives here.
 */
@NullMarked
package org.btrdb.client.time;

import org.jspecify.annotations.NullMarked;
