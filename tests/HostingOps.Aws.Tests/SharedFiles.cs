using System.Runtime.CompilerServices;

namespace HostingOps.Aws.Tests;

/// <summary>
/// The shared AWS files of this test process. The SDK looks up where they are once per process, and takes only files that
/// exist: so they are there, empty, before the first test.
/// </summary>
internal static class SharedFiles
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("hostingops-aws-").FullName;

    public static string Credentials { get; } = Path.Combine(Folder, "credentials");

    public static string Config { get; } = Path.Combine(Folder, "config");

    public static void PointAtThem(Action<string, string?> set)
    {
        set("AWS_SHARED_CREDENTIALS_FILE", Credentials);
        set("AWS_CONFIG_FILE", Config);
    }

    public static void Empty()
    {
        File.WriteAllText(Credentials, "");
        File.WriteAllText(Config, "");
    }

#pragma warning disable CA2255 // A test assembly has no other place that runs before all tests.
    [ModuleInitializer]
    internal static void Prepare()
    {
        Empty();
        PointAtThem(Environment.SetEnvironmentVariable);
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => Directory.Delete(Folder, recursive: true);
    }
#pragma warning restore CA2255
}
