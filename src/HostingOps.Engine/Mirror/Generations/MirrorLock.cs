namespace HostingOps.Engine.Mirror.Generations;

/// <summary>One process, and one run in it, works on a site's mirror at a time. The system lets go of it when the process ends, however it does.</summary>
internal static class MirrorLock
{
    private const int MostTries = 100;
    private const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="HostingException">MirrorBusy, MirrorStoreFailed.</exception>
    public static IDisposable Take(MirrorFolder folder)
    {
        try
        {
            MakeParent(folder.Mirrors);
            Directory.CreateDirectory(folder.Root);
            for (var tries = 1; ; tries++)
            {
                try
                {
                    return new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
                }
                catch (IOException) when (tries < MostTries && File.Exists(folder.Lock) && !IsHeld(folder))
                {
                    // Somebody looked whether it is held, which takes a moment.
                    Thread.Sleep(10);
                }
            }
        }
        catch (IOException error) when (File.Exists(folder.Lock))
        {
            throw MirrorErrors.Busy(folder, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw MirrorErrors.Store(folder.Root, error.Message, error);
        }
    }

    /// <summary>Whether a process holds it now. Where it never was, nobody does.</summary>
    public static bool IsHeld(MirrorFolder folder)
    {
        try
        {
            if (File.Exists(folder.Lock))
            {
                // Shared: two who look do not take each other for a run.
                new FileStream(folder.Lock, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0).Dispose();
            }

            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The default place is beside the state database, whose folder is its owner's alone.
    private static void MakeParent(string mirrors)
    {
        if (Path.GetDirectoryName(mirrors) is { } parent && !Directory.Exists(parent) && !OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(parent, OwnerOnlyFolder);
        }
    }
}
