/**
 * From a parse tree to a checked relational plan: the type system, the operators, the catalogue as
 * Calcite wants to see it, and the rewrites that must happen before validation. Plans that leave
 * this package still have TIMESTAMPs; {@code org.btrdb.sql.time} takes them out.
 */
@NullMarked
package org.btrdb.sql.validate;

import org.jspecify.annotations.NullMarked;
