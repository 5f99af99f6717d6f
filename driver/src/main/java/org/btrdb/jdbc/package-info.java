@NullMarked
package org.btrdb.jdbc;

import org.jspecify.annotations.NullMarked;
