/**
 * The functions that stand in FROM: their names, arguments and columns. No Calcite class, so that
 * metadata calls load none. Not here: how their calls are checked ({@code org.btrdb.sql.validate})
 * and read ({@code org.btrdb.sql.plan}).
 */
@NullMarked
package org.btrdb.sql.tablefunction;

import org.jspecify.annotations.NullMarked;
