/** Tests of keys files and permissions. */
@NullMarked
package org.btrdb.embedded.server.access;

import org.jspecify.annotations.NullMarked;
