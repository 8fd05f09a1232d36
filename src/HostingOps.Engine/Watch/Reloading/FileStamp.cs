namespace HostingOps.Engine.Watch.Reloading;

/// <summary>Tells whether a file was written or replaced, without reading it.</summary>
/// <param name="Path">The file itself, links followed: configuration tools swap the link.</param>
/// <param name="Written">When it was written last.</param>
/// <param name="Created">When it was made: a copy with the old date in its place is another file.</param>
/// <param name="Length">Its length.</param>
internal sealed record FileStamp(string Path, DateTime Written, DateTime Created, long Length)
{
    /// <summary>The stamp of a file, or null when there is none that can be looked at.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            var file = (FileInfo?)File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);
            return file.Exists ? new FileStamp(file.FullName, file.LastWriteTimeUtc, file.CreationTimeUtc, file.Length) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
