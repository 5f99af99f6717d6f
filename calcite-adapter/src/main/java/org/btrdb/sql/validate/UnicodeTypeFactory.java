package org.btrdb.sql.validate;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;

/** Calcite's types with text of any language; its own default is Latin 1. */
final class UnicodeTypeFactory extends JavaTypeFactoryImpl {

  UnicodeTypeFactory() {
    super(NanoTypeSystem.INSTANCE);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }
}
