/** What comes out of a query and goes into its parameters; no Calcite type is named here. */
@NullMarked
package org.btrdb.sql.row;

import org.jspecify.annotations.NullMarked;
