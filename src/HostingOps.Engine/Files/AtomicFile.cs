using System.Text;

namespace HostingOps.Engine.Files;

/// <summary>Writes text files of this machine: whole or not at all, UTF-8 without byte order mark.</summary>
public static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Writes the file beside its place and then moves it there, so that no reader ever sees a part of it and a full disk leaves
    /// the old one whole. A link stays a link: what it leads to is replaced. A file that is replaced keeps its Unix permissions.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="text">All of its text.</param>
    /// <param name="overwrite">Whether a file that is there is replaced; otherwise that is an error.</param>
    /// <param name="cancellationToken">Leaves the file as it was.</param>
    /// <exception cref="HostingException">FileWriteFailed.</exception>
    public static async Task WriteAsync(string path, string text, bool overwrite, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string? unfinished = null;
        try
        {
            var target = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;
            unfinished = $"{target}.{Path.GetRandomFileName()}";
            await File.WriteAllTextAsync(unfinished, text, Utf8, cancellationToken).ConfigureAwait(false);
            if (!overwrite)
            {
                // A move that must not overwrite looks first and renames then: two at once would both succeed. One can create.
                new FileStream(target, FileMode.CreateNew, FileAccess.Write).Dispose();
            }
            else if (!OperatingSystem.IsWindows() && File.Exists(target))
            {
                File.SetUnixFileMode(unfinished, File.GetUnixFileMode(target));
            }

            File.Move(unfinished, target, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new HostingException(
                ErrorIds.FileWriteFailed,
                HostingErrorCategory.ResourceUnavailable,
                path,
                $"The file could not be written to '{path}': {error.Message}",
                "Check that the folder exists, that you may write there, and that the disk has room.",
                error);
        }
        finally
        {
            // Also false when the folder is missing, which deleting would be an error of its own in.
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }
    }
}
