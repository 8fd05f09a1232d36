using System.Text.Json;

namespace HostingOps.Engine.State;

/// <summary>
/// A temporary folder that goes with its process: when it is disposed of, when the process exits, and, if the process was
/// killed, when the next folder of the same kind is made on this machine.
/// </summary>
public sealed class ScratchFolder : IDisposable
{
    private const string OwnerFile = ".owner";
    private readonly DirectoryInfo folder;

    private ScratchFolder(DirectoryInfo folder)
    {
        this.folder = folder;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Its full path.</summary>
    public string Path => folder.FullName;

    /// <summary>Makes one, and takes away those whose processes are certainly gone.</summary>
    /// <param name="prefix">Its kind: how its name and that of its like begins.</param>
    /// <exception cref="IOException">The temporary folder can't be written to.</exception>
    public static ScratchFolder Create(string prefix)
    {
        foreach (var left in new DirectoryInfo(System.IO.Path.GetTempPath()).EnumerateDirectories(prefix + "*"))
        {
            if (IsLeftBehind(left))
            {
                Delete(left);
            }
        }

        var made = new ScratchFolder(Directory.CreateTempSubdirectory(prefix));
        try
        {
            File.WriteAllText(System.IO.Path.Combine(made.Path, OwnerFile), JsonSerializer.Serialize(ProcessMark.Current()));
            return made;
        }
        catch
        {
            // Without an owner nobody would ever take it away.
            made.Dispose();
            throw;
        }
    }

    /// <summary>Deletes it, as far as nobody holds a file of it.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        Delete(folder);
    }

    // A folder without an owner may be one that is just being made; one behind a link is somebody else's.
    private static bool IsLeftBehind(DirectoryInfo left)
    {
        try
        {
            return left.LinkTarget is null
                && JsonSerializer.Deserialize<ProcessMark>(File.ReadAllText(System.IO.Path.Combine(left.FullName, OwnerFile)))?.IsGone() == true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return false;
        }
    }

    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Gone already, or a file of it is still read (Windows): the next one made takes it away.
        }
    }

    private void OnProcessExit(object? sender, EventArgs e) => Delete(folder);
}
