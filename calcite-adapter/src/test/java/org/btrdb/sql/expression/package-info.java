/** Tests of compiled expressions. */
@NullMarked
package org.btrdb.sql.expression;

import org.jspecify.annotations.NullMarked;
