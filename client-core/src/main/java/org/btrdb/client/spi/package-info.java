/** How a {@link org.btrdb.client.Btrdb} is found for a URL without naming its implementation. */
@NullMarked
package org.btrdb.client.spi;

import org.jspecify.annotations.NullMarked;
