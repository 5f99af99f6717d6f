/** The catalogue of failures and the one exception that carries them. */
@NullMarked
package org.btrdb.client.error;

import org.jspecify.annotations.NullMarked;
