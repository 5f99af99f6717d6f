/**
 * Tests of the one jar itself, as tools load it: alone in a class loader that sees neither the
 * application nor our modules ({@link org.btrdb.jar.IsolatedJar}). What runs in there is in {@link
 * org.btrdb.jar.inside}.
 */
@NullMarked
package org.btrdb.jar;

import org.jspecify.annotations.NullMarked;
