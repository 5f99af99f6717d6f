package org.btrdb.sql.validate;

import java.util.List;
import java.util.Optional;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.catalog.Catalog;
import org.btrdb.sql.catalog.Relation;

/**
 * What the table names of a statement stood for when it was planned. A plan reads streams by their
 * uuids: it is right as long as its names stand for the same.
 *
 * @param names all that were asked for, those without a table too
 * @param checks of streams that are named otherwise than by a table
 */
public record ResolvedNames(List<Resolved> names, List<Check> checks) {

  /** Copies the lists. */
  public ResolvedNames {
    names = List.copyOf(names);
    checks = List.copyOf(checks);
  }

  /** Tells whether something that a plan was made of is still so. */
  @FunctionalInterface
  public interface Check {
    /** Whether it is, as far as the catalogue knows. */
    boolean holds(Catalog catalog, CallScope scope);
  }

  /** These names, and more to check. */
  public ResolvedNames and(List<Check> more) {
    return new ResolvedNames(names, more);
  }

  /**
   * A name.
   *
   * @param relation empty if there was no such table
   */
  public record Resolved(String schema, String table, Optional<Relation> relation) {}

  /** Whether all names stand for the same still, as far as the catalogue knows. */
  public boolean hold(Catalog catalog, CallScope scope) {
    try {
      return names.stream()
              .allMatch(
                  name ->
                      catalog.relation(name.schema(), name.table(), scope).equals(name.relation()))
          && checks.stream().allMatch(check -> check.holds(catalog, scope));
    } catch (SqlRefusal e) {
      return false; // a stream that is gone; who plans anew says which
    } catch (BtrdbException e) {
      if (e.code() == ErrorCode.INVALID_NAME) {
        return false; // ambiguous by now; who plans anew says where
      }
      throw e;
    }
  }
}
