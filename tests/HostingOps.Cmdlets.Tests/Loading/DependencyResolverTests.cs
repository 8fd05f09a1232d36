using System.Reflection;
using System.Runtime.Loader;
using HostingOps.Cmdlets.Loading;

namespace HostingOps.Cmdlets.Tests.Loading;

/// <summary>The loading code on the assembled module, in a process that has loaded other copies of the same assemblies first.</summary>
public sealed class DependencyResolverTests
{
    private readonly DependencyResolver resolver = new(ModuleFolder.Dependencies);

    [Theory]
    [InlineData("AWSSDK.Core")]
    [InlineData("Microsoft.Data.Sqlite")]
    [InlineData("YamlDotNet")]
    public void A_copy_that_another_module_loaded_first_is_not_picked_up(string name)
    {
        var foreign = AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(name));

        var ours = resolver.Context.LoadFromAssemblyName(foreign.GetName());

        Assert.NotSame(foreign, ours);
        Assert.Equal(Path.Combine(ModuleFolder.Dependencies, name + ".dll"), ours.Location);
        Assert.Same(resolver.Context, AssemblyLoadContext.GetLoadContext(ours));
    }

    [Fact]
    public void Ours_works_beside_a_foreign_AWSSDK_Core_of_the_same_version()
    {
        var foreign = AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName("AWSSDK.Core"));
        var aws = resolver.Resolve(new AssemblyName("HostingOps.Aws"))!;

        // The base class comes from the AWSSDK.Core that the runtime bound for our client.
        var client = aws.GetType("Amazon.Route53.AmazonRoute53Client", throwOnError: true)!;
        var core = client.BaseType!.Assembly;

        Assert.Equal("AWSSDK.Core", core.GetName().Name);
        Assert.Equal(foreign.GetName().Version, core.GetName().Version);
        Assert.NotSame(foreign, core);
    }

    [Fact]
    public void The_models_are_the_one_copy_that_everybody_sees()
    {
        var engine = resolver.Resolve(new AssemblyName("HostingOps.Engine"))!;

        var models = engine.GetType("HostingOps.Engine.HostingWorkspace", throwOnError: true)!
            .GetProperty("Inventory")!.PropertyType.Assembly;

        Assert.Same(typeof(HostingInventory).Assembly, models);
    }

    [Theory]
    [InlineData("YamlDotNet")]
    [InlineData("AWSSDK.Core")]
    [InlineData("HostingOps.NoSuchRoom")]
    [InlineData("System.Text.Json")]
    public void The_default_context_is_answered_for_our_own_names_only(string name)
    {
        Assert.Null(resolver.Resolve(new AssemblyName(name)));
    }

    [Fact]
    public void Our_own_names_are_answered_with_one_assembly_however_often_they_are_asked_for()
    {
        var first = resolver.Resolve(new AssemblyName("HostingOps.Sandbox"));

        Assert.NotNull(first);
        Assert.Same(first, resolver.Resolve(new AssemblyName("HostingOps.Sandbox, Version=0.0.1.0")));
    }

    [Fact]
    public void SQLite_opens_a_database_with_the_native_library_of_the_module()
    {
        var sqlite = resolver.Context.LoadFromAssemblyName(new AssemblyName("Microsoft.Data.Sqlite"));
        var type = sqlite.GetType("Microsoft.Data.Sqlite.SqliteConnection", throwOnError: true)!;

        using var connection = (System.Data.Common.DbConnection)Activator.CreateInstance(type, "Data Source=:memory:")!;
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select sqlite_version()";

        Assert.Matches(@"^3\.\d+", (string)command.ExecuteScalar()!);
    }

    [Fact]
    public void After_the_last_user_has_gone_the_default_context_is_not_answered()
    {
        var name = new AssemblyName("HostingOps.Probe");
        using var folder = new HostingOps.Testing.TemporaryFolder();
        File.Copy(Path.Combine(ModuleFolder.Dependencies, "YamlDotNet.dll"), folder.Combine("HostingOps.Probe.dll"));
        var counted = new DependencyResolver(folder.Path);

        // The file is there but holds another assembly, so being asked shows as another exception than not being asked.
        counted.Attach();
        counted.Attach();
        counted.Detach();
        var asked = Record.Exception(() => AssemblyLoadContext.Default.LoadFromAssemblyName(name));
        counted.Detach();
        counted.Detach();
        var notAsked = Record.Exception(() => AssemblyLoadContext.Default.LoadFromAssemblyName(name));

        Assert.IsType<FileLoadException>(asked);
        Assert.IsType<FileNotFoundException>(notAsked);
    }
}
