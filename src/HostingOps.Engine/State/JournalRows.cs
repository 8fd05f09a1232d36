using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.State;

/// <summary>A row of <c>operations</c>, exactly as stored.</summary>
internal sealed record OperationRow(
    string Id, string Kind, string Operator, string? InventoryPath, string Zone, string? ZoneId, string? EndpointUrl, string? UndoOf, string StartedAt)
{
    public const string Columns =
        "o.id, o.kind, o.operator, o.inventory_path, o.zone, o.zone_id, o.endpoint_url, o.undo_of, o.started_at";

    public const int ColumnCount = 9;

    public static OperationRow Read(SqliteDataReader reader, int at = 0) => new(
        reader.GetString(at),
        reader.GetString(at + 1),
        reader.GetString(at + 2),
        reader.TextOrNull(at + 3),
        reader.GetString(at + 4),
        reader.TextOrNull(at + 5),
        reader.TextOrNull(at + 6),
        reader.TextOrNull(at + 7),
        reader.GetString(at + 8));
}

/// <summary>A row of <c>operation_sites</c>, exactly as stored.</summary>
internal sealed record SiteRow(
    string OperationId,
    string SiteName,
    long Position,
    string Kind,
    string? From,
    string? To,
    string? Overrides,
    string PlanJson,
    string Outcome,
    string Reason,
    string? ErrorId,
    string? ResultJson,
    string? EndedAt)
{
    public const string Columns =
        "s.operation_id, s.site_name, s.position, s.kind, s.from_host, s.to_host, s.overrides, s.plan_json, "
        + "s.outcome, s.reason, s.error_id, s.result_json, s.ended_at";

    /// <summary>The outcome columns of a site whose operation has not ended.</summary>
    public const string UnendedReason = "Begun and not ended: running, or cut off.";

    public bool IsUnended =>
        Outcome == nameof(FailoverOutcome.InProgress)
        && Reason == UnendedReason
        && ErrorId is null
        && ResultJson is null
        && EndedAt is null;

    public static SiteRow Read(SqliteDataReader reader, int at = 0) => new(
        reader.GetString(at),
        reader.GetString(at + 1),
        reader.GetInt64(at + 2),
        reader.GetString(at + 3),
        reader.TextOrNull(at + 4),
        reader.TextOrNull(at + 5),
        reader.TextOrNull(at + 6),
        reader.GetString(at + 7),
        reader.GetString(at + 8),
        reader.GetString(at + 9),
        reader.TextOrNull(at + 10),
        reader.TextOrNull(at + 11),
        reader.TextOrNull(at + 12));
}

/// <summary>A row of <c>entries</c>, exactly as stored.</summary>
internal sealed record EntryRow(
    long Sequence,
    string OperationId,
    string SiteName,
    string Step,
    string Moment,
    string At,
    string? Detail,
    string? DataJson,
    byte[]? Covers,
    byte[] PreviousHash,
    byte[] Hash)
{
    public const string Columns =
        "e.sequence, e.operation_id, e.site_name, e.step, e.moment, e.at, e.detail, e.data_json, e.covers, e.previous_hash, e.hash";

    public static EntryRow Read(SqliteDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.GetString(4),
        reader.GetString(5),
        reader.TextOrNull(6),
        reader.TextOrNull(7),
        reader.IsDBNull(8) ? null : reader.GetFieldValue<byte[]>(8),
        reader.GetFieldValue<byte[]>(9),
        reader.GetFieldValue<byte[]>(10));
}

/// <summary>Reading of columns that may be null.</summary>
internal static class NullableColumns
{
    public static string? TextOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}
