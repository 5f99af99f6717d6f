package org.btrdb.sql.validate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.catalog.Catalog;
import org.btrdb.sql.catalog.Relation;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.read.StreamIds;

/**
 * What the names of a statement stood for when it was planned. A plan reads streams by their uuids:
 * it is right as long as its names stand for the same.
 *
 * @param names all that were asked for, those without a table too
 */
public record ResolvedNames(List<Name> names) {

  /** Copies the list. */
  public ResolvedNames {
    names = List.copyOf(names);
  }

  /** A name and what it stood for. */
  public sealed interface Name {
    /** Whether it stands for that still. */
    boolean stands(Catalog catalog, CallScope scope);
  }

  /**
   * A table.
   *
   * @param relation empty if there was no such table
   */
  public record Table(String schema, String name, Optional<Relation> relation) implements Name {
    @Override
    public boolean stands(Catalog catalog, CallScope scope) {
      return catalog.relation(schema, name, scope).equals(relation);
    }
  }

  /**
   * A stream that an argument of a table function names.
   *
   * @param id the argument
   */
  public record StreamId(Object id, StreamTable stream) implements Name {
    @Override
    public boolean stands(Catalog catalog, CallScope scope) {
      try {
        return StreamIds.find(id, catalog, scope).equals(stream);
      } catch (SqlRefusal e) {
        return false; // there is none
      }
    }
  }

  /** These names and more. */
  public ResolvedNames and(List<? extends Name> more) {
    return new ResolvedNames(Stream.<Name>concat(names.stream(), more.stream()).toList());
  }

  /** Whether all names stand for the same still, as far as the catalogue knows. */
  public boolean hold(Catalog catalog, CallScope scope) {
    try {
      return names.stream().allMatch(name -> name.stands(catalog, scope));
    } catch (BtrdbException e) {
      if (e.code() == ErrorCode.INVALID_NAME || e.code() == ErrorCode.NO_SUCH_STREAM) {
        return false; // who plans anew says where
      }
      throw e;
    }
  }
}
