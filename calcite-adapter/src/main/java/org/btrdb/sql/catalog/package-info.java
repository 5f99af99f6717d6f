/**
 * The catalogue: which schemas and tables a BTrDB shows, one look-up for each name, nothing listed
 * unless asked to. No Calcite class is named here, so that metadata calls load none.
 */
@NullMarked
package org.btrdb.sql.catalog;

import org.jspecify.annotations.NullMarked;
