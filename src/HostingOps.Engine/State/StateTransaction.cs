using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.State;

/// <summary>Runs statements within one transaction. Parameters are <c>$1</c>, <c>$2</c>, … in order.</summary>
internal sealed class StateTransaction(SqliteConnection connection, Dictionary<string, SqliteCommand> prepared, SqliteTransaction transaction)
{
    /// <summary>Runs a statement; the number of rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>All rows of a query.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Reads rows one by one for as long as <paramref name="row"/> wants more.</summary>
    public void Each(string sql, Func<SqliteDataReader, bool> row, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        while (reader.Read() && row(reader))
        {
        }
    }

    /// <summary>The first column of the first row, or default when there is none.</summary>
    public T? Scalar<T>(string sql, params ReadOnlySpan<object?> values) =>
        Bind(sql, values).ExecuteScalar() is T value ? value : default;

    // Statements are prepared once per connection: an operation on 5,000 sites runs the same few thousands of times.
    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var index = 1; index <= values.Length; index++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = FormattableString.Invariant($"${index}") });
            }

            prepared.Add(sql, command);
        }

        command.Transaction = transaction;
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        }

        return command;
    }
}
