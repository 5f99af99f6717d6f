@NullMarked
package org.btrdb.sql;

import org.jspecify.annotations.NullMarked;
