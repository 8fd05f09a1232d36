using System.Text;

namespace HostingOps.Engine.Apex.Redirects;

/// <summary>Writes a configuration to a file of this machine: whole or not at all, UTF-8 without byte order mark, LF.</summary>
public static class ApexRedirectConfigFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Refuses a file that is not ours to replace: one that somebody else wrote, or that was edited by hand.</summary>
    /// <exception cref="HostingException">FileExists.</exception>
    public static async Task DemandReplaceableAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw Failed(path, "It is a folder; a file was expected.", null);
        }

        if (!File.Exists(path))
        {
            return;
        }

        var origin = ConfigChecksum.Judge(await ReadAsync(path, cancellationToken).ConfigureAwait(false));
        if (origin != ApexConfigOrigin.Generated)
        {
            throw new HostingException(
                ErrorIds.FileExists,
                HostingErrorCategory.ResourceUnavailable,
                path,
                $"The file '{path}' exists, and {(origin == ApexConfigOrigin.Edited ? "was edited since HostingOps wrote it" : "HostingOps did not write it")}.",
                "Choose another -Path, or overwrite the file with -Force.");
        }
    }

    /// <summary>Writes the file beside its place and then moves it there, so that no reader ever sees a part of it.</summary>
    /// <exception cref="HostingException">FileWriteFailed.</exception>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string? unfinished = null;
        try
        {
            // A link stays a link: what it leads to is replaced.
            var target = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;
            unfinished = $"{target}.{Path.GetRandomFileName()}";
            await File.WriteAllTextAsync(unfinished, text, Utf8, cancellationToken).ConfigureAwait(false);
            File.Move(unfinished, target, overwrite: true);
            unfinished = null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Failed(path, error.Message, error);
        }
        finally
        {
            // File.Delete takes a missing file in its stride, but not a missing folder.
            if (unfinished is not null && File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, Utf8, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, error.Message, error);
        }
    }

    private static HostingException Failed(string path, string reason, Exception? inner) => new(
        ErrorIds.FileWriteFailed,
        HostingErrorCategory.ResourceUnavailable,
        path,
        $"The file could not be written to '{path}': {reason}",
        "Check that the folder exists, that you may write there, and that the disk has room.",
        inner);
}
