using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using HostingOps.Engine.Files;

namespace HostingOps.Engine.Watch.Registration;

/// <summary>This machine.</summary>
/// <param name="root">A folder in which all its files are, for trials; null for the machine itself.</param>
internal sealed class LocalMachine(string? root = null) : IRegistrationMachine
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public string? Read(string path)
    {
        try
        {
            return File.ReadAllText(Of(path));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HostingException(
                ErrorIds.WatchRegistrationFailed, HostingErrorCategory.ResourceUnavailable, path, $"'{path}' can't be read: {error.Message}", "Run it as an administrator.", error);
        }
    }

    /// <inheritdoc/>
    public async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        MakeFolder(Path.GetDirectoryName(path)!);
        var file = Of(path);
        await AtomicFile.WriteAsync(file, text, overwrite: true, cancellationToken).ConfigureAwait(false);
        Trying(path, () =>
        {
            // cron passes over a file that others may write to, whatever this account's umask is.
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, FileMode);
            }
        });
    }

    /// <inheritdoc/>
    public void Delete(string path) => Trying(path, () => File.Delete(Of(path)));

    /// <inheritdoc/>
    public void MakeFolder(string path) => Trying(path, () => Directory.CreateDirectory(Of(path)));

    /// <inheritdoc/>
    public async Task<(int? ExitCode, string Output, string Error)> RunAsync(RunStep command, CancellationToken cancellationToken)
    {
        var file = command.File is null ? null : Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            if (file is not null)
            {
                await File.WriteAllTextAsync(file, command.File, Encoding.Unicode, cancellationToken).ConfigureAwait(false);
            }

            return await RunAsync([.. command.Arguments.Select(word => word == RunStep.FileArgument ? file! : word)], command.Input, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (file is not null)
            {
                File.Delete(file);
            }
        }
    }

    private static async Task<(int? ExitCode, string Output, string Error)> RunAsync(IReadOnlyList<string> arguments, string? input, CancellationToken cancellationToken)
    {
        // By its bare name the system would look in the current folder first, which may be anybody's.
        if (ProgramOf(arguments[0]) is not { } program)
        {
            return (null, "", $"There is no '{arguments[0]}' on PATH.");
        }

        var start = new ProcessStartInfo(program, arguments.Skip(1))
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };

        // What they say is read by us, in their own words.
        start.Environment["LC_ALL"] = "C";
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception refused)
        {
            return (null, "", refused.Message);
        }

        using var limit = new CancellationTokenSource(Limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var error = process.StandardError.ReadToEndAsync(either.Token);
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            await Feed(process, input).ConfigureAwait(false);
            var texts = (await output.ConfigureAwait(false), await error.ConfigureAwait(false));
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            return (process.ExitCode, texts.Item1, texts.Item2);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return (null, "", FormattableString.Invariant($"It did not end within {Limit.TotalSeconds:0} s."));
        }
    }

    private static string? ProgramOf(string name) =>
        Path.IsPathRooted(name) ? name
        : OperatingSystem.IsWindows() ? Path.Combine(Environment.SystemDirectory, name + ".exe")
        : RegistrationSurroundings.FindOnPath(name);

    private static async Task Feed(Process process, string? input)
    {
        try
        {
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input).ConfigureAwait(false);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says why.
        }
    }

    private static void Trying(string path, Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HostingException(
                ErrorIds.FileWriteFailed, HostingErrorCategory.ResourceUnavailable, path, $"'{path}' can't be changed: {error.Message}", "Run it as an administrator, or with -Scope User.", error);
        }
    }

    private string Of(string path) => root is null ? path : root + path;
}
