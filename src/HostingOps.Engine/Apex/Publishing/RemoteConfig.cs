namespace HostingOps.Engine.Apex.Publishing;

/// <summary>The redirector's configuration as it was read.</summary>
/// <param name="Path">The file, links followed.</param>
/// <param name="File">Its bytes, or null when there is none.</param>
/// <param name="Undo">What an earlier publish, cut off, has not put back: empty for no file. Null when there is none.</param>
/// <param name="Busy">Whether another publish is under way.</param>
internal sealed record RemoteConfig(string Path, byte[]? File, byte[]? Undo, bool Busy)
{
    /// <summary>What counts as the former configuration: it is put back before anything else.</summary>
    public byte[]? Former => Undo is null ? File : Undo.Length == 0 ? null : Undo;
}
