/** Tests of what plans are found by. */
@NullMarked
package org.btrdb.sql.cache;

import org.jspecify.annotations.NullMarked;
