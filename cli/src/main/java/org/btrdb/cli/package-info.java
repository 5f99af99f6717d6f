/**
 * The commands of {@code ./btrdb}: what they take, what they print and how they end.
 *
 * <p>Everything about data goes through java.sql; the one exception is {@code serve}, which starts
 * the server of module embedded. Not here: reading CSV ({@code csv}) and writing result sets
 * ({@code rows}).
 */
@NullMarked
package org.btrdb.cli;

import org.jspecify.annotations.NullMarked;
