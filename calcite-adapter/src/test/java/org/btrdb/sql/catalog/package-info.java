/** Tests of the catalogue by itself. */
@NullMarked
package org.btrdb.sql.catalog;

import org.jspecify.annotations.NullMarked;
