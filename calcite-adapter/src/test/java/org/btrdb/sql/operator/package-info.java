/** Tests of operators over rows given by hand. */
@NullMarked
package org.btrdb.sql.operator;

import org.jspecify.annotations.NullMarked;
