/**
 * One accessor for each column of a result, chosen once, which reads the row cursor as the JDBC
 * type that a getter asks for: range-checked, never narrowed silently, without boxing where the
 * getter is primitive.
 */
@NullMarked
package org.btrdb.jdbc.accessor;

import org.jspecify.annotations.NullMarked;
