using System.Reflection;
using System.Runtime.Loader;
using HostingOps.Cmdlets.Loading;
using HostingOps.Testing;

namespace HostingOps.Cmdlets.Tests.Loading;

/// <summary>The private load context on copies of the module's folder that lack something.</summary>
public sealed class DependencyContextTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_room_of_ours_that_is_missing_is_told_of_with_its_file_and_what_to_do()
    {
        var resolver = new DependencyResolver(folder.Path);

        var error = Assert.Throws<FileNotFoundException>(() => resolver.Resolve(new AssemblyName("HostingOps.Engine")));

        Assert.Equal(folder.Combine("HostingOps.Engine.dll"), error.FileName);
        Assert.Contains("Install the module again", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("YamlDotNet", "HostingOps.Engine")]
    [InlineData("AWSSDK.Core", "HostingOps.Aws")]
    public void A_library_that_is_missing_is_never_taken_from_another_module(string library, string user)
    {
        Copy(except: library);
        var context = new DependencyContext(folder.Path);
        context.LoadFromAssemblyName(new AssemblyName(user));

        // The process has a copy: the one of the tests themselves.
        Assert.NotNull(AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(library)));
        var error = Assert.Throws<FileNotFoundException>(() => context.LoadFromAssemblyName(new AssemblyName(library)));

        Assert.Contains(folder.Combine(library + ".dll"), error.GetBaseException().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nothing_of_ours_refers_to_is_asked_of_the_default_context()
    {
        Copy(except: "");
        var context = new DependencyContext(folder.Path);
        context.LoadFromAssemblyName(new AssemblyName("HostingOps.Engine"));

        Assert.Same(typeof(System.Text.Json.JsonDocument).Assembly, context.LoadFromAssemblyName(new AssemblyName("System.Text.Json")));
        var optional = Assert.Throws<FileNotFoundException>(() => context.LoadFromAssemblyName(new AssemblyName("AWSSDK.Extensions.CrtIntegration")));
        Assert.DoesNotContain("Install the module again", optional.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_models_are_PowerShells_copy_even_when_another_lies_in_the_folder()
    {
        File.Copy(ModuleFolder.Combine("bin", "HostingOps.Abstractions.dll"), folder.Combine("HostingOps.Abstractions.dll"));
        var context = new DependencyContext(folder.Path);

        Assert.Same(typeof(HostingException).Assembly, context.LoadFromAssemblyName(new AssemblyName("HostingOps.Abstractions")));
    }

    [Fact]
    public void Many_threads_get_one_copy()
    {
        var resolver = new DependencyResolver(ModuleFolder.Dependencies);
        using var start = new Barrier(16);
        var found = new Assembly[16][];
        var threads = Enumerable.Range(0, 16).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            found[number] =
            [
                resolver.Resolve(new AssemblyName("HostingOps.Engine"))!,
                resolver.Resolve(new AssemblyName("HostingOps.Sandbox"))!,
                resolver.Context.LoadFromAssemblyName(new AssemblyName("YamlDotNet")),
            ];
        })).ToList();

        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());

        Assert.All(found, one => Assert.Equal(found[0], one));
        Assert.Equal(found[0].Length, resolver.Context.Assemblies.Count());
    }

    [Fact]
    public void Many_threads_that_come_and_go_leave_no_handler()
    {
        var resolver = new DependencyResolver(ModuleFolder.Dependencies);
        Parallel.For(0, 1000, _ =>
        {
            resolver.Attach();
            Assert.Equal(1, Handlers(resolver));
            resolver.Detach();
        });

        Assert.Equal(0, Handlers(resolver));
        resolver.Attach();
        Assert.Equal(1, Handlers(resolver));
        resolver.Detach();
        Assert.Equal(0, Handlers(resolver));
    }

    [Fact]
    public void A_native_library_that_is_there_for_other_machines_only_is_not_taken_from_elsewhere()
    {
        Copy(except: "");
        Directory.CreateDirectory(Path.Combine(folder.Path, "runtimes", "haiku-x64", "native"));
        folder.Write(Path.Combine("runtimes", "haiku-x64", "native", "libe_sqlite3.so"), "");
        var context = new DependencyContext(folder.Path);
        var sqlite = context.LoadFromAssemblyName(new AssemblyName("Microsoft.Data.Sqlite"))
            .GetType("Microsoft.Data.Sqlite.SqliteConnection", throwOnError: true)!;

        // The process itself has the library, with the packages of the tests.
        var error = Record.Exception(() => Activator.CreateInstance(sqlite, "Data Source=:memory:"));

        var cause = error;
        while (cause?.InnerException is { } inner)
        {
            cause = inner;
        }

        Assert.IsType<DllNotFoundException>(cause);
        Assert.Contains("'e_sqlite3' for haiku-x64, and not for", cause.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_native_library_that_is_none_of_the_modules_is_the_systems() =>
        Assert.Empty(new NativeLibraryFolder(Path.Combine(ModuleFolder.Dependencies, "runtimes")).Platforms("libssl"));

    private static int Handlers(DependencyResolver resolver) =>
        ((Delegate?)typeof(AssemblyLoadContext).GetField("_resolving", BindingFlags.NonPublic | BindingFlags.Instance)!
            .GetValue(AssemblyLoadContext.Default))?.GetInvocationList().Count(handler => handler.Target == resolver) ?? 0;

    // The assemblies only, without the native libraries.
    private void Copy(string except)
    {
        foreach (var path in Directory.GetFiles(ModuleFolder.Dependencies, "*.dll"))
        {
            if (Path.GetFileNameWithoutExtension(path) != except)
            {
                File.Copy(path, folder.Combine(Path.GetFileName(path)));
            }
        }
    }
}
