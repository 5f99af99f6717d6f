/**
 * The scripts of <a href="https://www.sqlite.org/sqllogictest/">SQL Logic Test</a> over BTrDB: its
 * tables as collections, its statements as calls of the client, its queries in our dialect and its
 * answers compared. The scripts and their reader are {@code net.hydromatic:sql-logic-test}; its
 * executors are not used, for they need java.sql and format numbers in the default locale.
 */
@NullMarked
package org.btrdb.sql.logictest;

import org.jspecify.annotations.NullMarked;
