/**
 * The commands of {@code ./btrdb}: what they take, what they print and how they end.
 *
 * <p>Everything about data goes through java.sql; the exceptions are {@code serve}, which starts
 * the server of module embedded, and {@code check} and {@code backup}, which work on its files. Not
 * here: reading CSV ({@code csv}) and writing result sets ({@code rows}).
 */
@NullMarked
package org.btrdb.cli;

import org.jspecify.annotations.NullMarked;
