package org.btrdb.sql.validate;

import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.sql.type.SqlTypeCoercionRule;
import org.apache.calcite.util.TryThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * The calling thread while a statement is planned: what Calcite leaves in it is put back as it was.
 *
 * <p>It is the caller's thread. In a container it outlives the application, and with what was left
 * in it the application's class loader; and the caller may be planning with Calcite itself.
 */
public final class PlanningThread {
  private final @Nullable JaninoRelMetadataProvider metadata =
      RelMetadataQueryBase.THREAD_PROVIDERS.get();
  private final TryThreadLocal.Memo coercion =
      SqlTypeCoercionRule.THREAD_PROVIDERS.push(SqlTypeCoercionRule.THREAD_PROVIDERS.get());

  private PlanningThread() {}

  /** Remembers what is there before planning. */
  public static PlanningThread enter() {
    return new PlanningThread();
  }

  /** Puts it back. */
  public void leave() {
    RelMetadataQueryBase.THREAD_PROVIDERS.remove();
    if (metadata != null) {
      RelMetadataQueryBase.THREAD_PROVIDERS.set(metadata);
    }
    coercion.close();
  }
}
