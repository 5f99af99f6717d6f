/**
 * Several streams at once, over any {@link org.btrdb.client.Btrdb}: their points side by side, and
 * calls that run at the same time.
 */
@NullMarked
package org.btrdb.client.multi;

import org.jspecify.annotations.NullMarked;
