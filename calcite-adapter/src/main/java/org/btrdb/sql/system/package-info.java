/** What the tables of schema {@code btrdb} answer, one class for each kind of row. */
@NullMarked
package org.btrdb.sql.system;

import org.jspecify.annotations.NullMarked;
