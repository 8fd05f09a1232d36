using System.Management.Automation;
using Microsoft.Data.Sqlite;
using Polly;

namespace Foreign;

/// <summary>Asks SQLite and Polly for something, with this module's own copies.</summary>
[Cmdlet(VerbsCommon.Get, "ForeignSqlite")]
public sealed class GetForeignSqliteCommand : PSCmdlet
{
    protected override void ProcessRecord()
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select sqlite_version()";
        var version = new ResiliencePipelineBuilder().Build().Execute(() => (string)command.ExecuteScalar()!);
        WriteObject(new { Value = version, From = typeof(SqliteConnection).Assembly.Location, Polly = typeof(ResiliencePipelineBuilder).Assembly.Location });
    }
}
