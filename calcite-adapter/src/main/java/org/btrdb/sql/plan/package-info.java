/**
 * Push-down: lowered plans in, plans out in which as much as possible is a {@link
 * org.btrdb.sql.plan.StreamRead}. What cannot be pushed is left for others to compute; a push that
 * does not fit declines, it never fails and never guesses.
 */
@NullMarked
package org.btrdb.sql.plan;

import org.jspecify.annotations.NullMarked;
