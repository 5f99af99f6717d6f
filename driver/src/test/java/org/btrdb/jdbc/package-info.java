/** Tests of the driver over the embedded engine, through java.sql wherever that is possible. */
@NullMarked
package org.btrdb.jdbc;

import org.jspecify.annotations.NullMarked;
