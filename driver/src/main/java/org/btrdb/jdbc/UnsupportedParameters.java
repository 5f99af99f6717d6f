package org.btrdb.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import org.apache.calcite.avatica.Meta;

/** The setters that no column of BTrDB has a use for. */
abstract class UnsupportedParameters extends BtrdbStatement implements PreparedStatement {
  UnsupportedParameters(BtrdbConnection connection, Meta.Signature signature) {
    super(connection, signature);
  }

  private static SQLException refused(String what) {
    return SqlErrors.unsupported(what);
  }

  @Override
  public final void setAsciiStream(int parameter, InputStream x, int length) throws SQLException {
    throw refused("setAsciiStream");
  }

  @Override
  @Deprecated
  public final void setUnicodeStream(int parameter, InputStream x, int length) throws SQLException {
    throw refused("setUnicodeStream");
  }

  @Override
  public final void setBinaryStream(int parameter, InputStream x, int length) throws SQLException {
    throw refused("setBinaryStream");
  }

  @Override
  public final void setCharacterStream(int parameter, Reader x, int length) throws SQLException {
    throw refused("setCharacterStream");
  }

  @Override
  public final void setRef(int parameter, Ref x) throws SQLException {
    throw refused("setRef");
  }

  @Override
  public final void setBlob(int parameter, Blob x) throws SQLException {
    throw refused("setBlob");
  }

  @Override
  public final void setClob(int parameter, Clob x) throws SQLException {
    throw refused("setClob");
  }

  @Override
  public final void setArray(int parameter, Array x) throws SQLException {
    throw refused("setArray");
  }

  @Override
  public final void setURL(int parameter, URL x) throws SQLException {
    throw refused("setURL");
  }

  @Override
  public final void setRowId(int parameter, RowId x) throws SQLException {
    throw refused("setRowId");
  }

  @Override
  public final void setNCharacterStream(int parameter, Reader x, long length) throws SQLException {
    throw refused("setNCharacterStream");
  }

  @Override
  public final void setNClob(int parameter, NClob x) throws SQLException {
    throw refused("setNClob");
  }

  @Override
  public final void setClob(int parameter, Reader x, long length) throws SQLException {
    throw refused("setClob");
  }

  @Override
  public final void setBlob(int parameter, InputStream x, long length) throws SQLException {
    throw refused("setBlob");
  }

  @Override
  public final void setNClob(int parameter, Reader x, long length) throws SQLException {
    throw refused("setNClob");
  }

  @Override
  public final void setSQLXML(int parameter, SQLXML x) throws SQLException {
    throw refused("setSQLXML");
  }

  @Override
  public final void setAsciiStream(int parameter, InputStream x, long length) throws SQLException {
    throw refused("setAsciiStream");
  }

  @Override
  public final void setBinaryStream(int parameter, InputStream x, long length) throws SQLException {
    throw refused("setBinaryStream");
  }

  @Override
  public final void setCharacterStream(int parameter, Reader x, long length) throws SQLException {
    throw refused("setCharacterStream");
  }

  @Override
  public final void setAsciiStream(int parameter, InputStream x) throws SQLException {
    throw refused("setAsciiStream");
  }

  @Override
  public final void setBinaryStream(int parameter, InputStream x) throws SQLException {
    throw refused("setBinaryStream");
  }

  @Override
  public final void setCharacterStream(int parameter, Reader x) throws SQLException {
    throw refused("setCharacterStream");
  }

  @Override
  public final void setNCharacterStream(int parameter, Reader x) throws SQLException {
    throw refused("setNCharacterStream");
  }

  @Override
  public final void setClob(int parameter, Reader x) throws SQLException {
    throw refused("setClob");
  }

  @Override
  public final void setBlob(int parameter, InputStream x) throws SQLException {
    throw refused("setBlob");
  }

  @Override
  public final void setNClob(int parameter, Reader x) throws SQLException {
    throw refused("setNClob");
  }

  @Override
  public final void setBytes(int parameter, byte[] x) throws SQLException {
    throw refused("setBytes");
  }
}
