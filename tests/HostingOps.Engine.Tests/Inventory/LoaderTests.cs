using HostingOps.Engine.Inventory;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class LoaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_missing_file_is_InventoryNotFound()
    {
        var error = Assert.Throws<HostingException>(() => InventoryLoader.Load(folder.Combine("none.yml")));

        Assert.Equal(ErrorIds.InventoryNotFound, error.ErrorId);
        Assert.Equal(folder.Combine("none.yml"), error.Target);
        Assert.Equal(ErrorIds.InventoryNotFound, Assert.Throws<HostingException>(() => InventoryLoader.Load(folder.Combine("no/such/folder.yml"))).ErrorId);
    }

    [Fact]
    public void A_folder_is_InventoryUnreadable()
    {
        var error = Assert.Throws<HostingException>(() => InventoryLoader.Load(folder.Path));

        Assert.Equal(ErrorIds.InventoryUnreadable, error.ErrorId);
        Assert.Contains("is a folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_are_InventoryInvalid_with_the_first_of_them_and_their_number()
    {
        var sites = string.Concat(Enumerable.Range(0, 14).Select(static number => $"  s{number}: {{ domain: s{number}.example, primary: do-1, secondary: li-9 }}\n"));
        var path = folder.Write("hosting.yml", InventoryYaml.And(sites));

        var error = Assert.Throws<HostingException>(() => InventoryLoader.LoadOrThrow(path, SilentReporter.Instance));

        Assert.Equal((ErrorIds.InventoryInvalid, HostingErrorCategory.InvalidData), (error.ErrorId, error.Category));
        Assert.Equal(path, error.Target);
        Assert.Contains("has 14 errors", error.Message, StringComparison.Ordinal);
        Assert.Contains("11:55 INV033", error.Message, StringComparison.Ordinal);
        Assert.Contains("Write 'li-1'.", error.Message, StringComparison.Ordinal);
        Assert.Contains("and 4 more", error.Message, StringComparison.Ordinal);
        Assert.Contains("Test-HostingInventory", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_go_to_the_reporter_and_stop_nothing()
    {
        var path = folder.Write("hosting.yml", InventoryYaml.Site("ttl: 3600"));
        var reporter = new RecordingReporter();

        var inventory = InventoryLoader.LoadOrThrow(path, reporter);

        Assert.Equal(3600, Assert.Single(inventory.Sites).Ttl);
        Assert.Contains($"{path}:11:10: warning INV041", Assert.Single(reporter.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Very_many_warnings_are_summed_up()
    {
        var sites = string.Concat(Enumerable.Range(0, 40).Select(static number => $"  s{number}: {{ domain: s{number}.example, primary: do-1, secondary: li-1, ttl: 3600 }}\n"));
        var reporter = new RecordingReporter();

        InventoryLoader.LoadOrThrow(folder.Write("hosting.yml", InventoryYaml.And(sites)), reporter);

        Assert.Equal(26, reporter.Warnings.Count);
        Assert.StartsWith("15 more warnings", reporter.Warnings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Five_thousand_sites_are_read()
    {
        var path = folder.Write("hosting.yml", LargeInventory.Yaml(5000));

        var document = InventoryLoader.Load(path);

        Assert.Empty(document.Findings);
        Assert.Equal(5000, document.Inventory!.Sites.Count);
        Assert.Equal("site4999.sites.example.net", document.Inventory.Sites[4999].Record);
    }

    private sealed class RecordingReporter : IOperationReporter
    {
        public List<string> Warnings { get; } = [];

        public void Progress(OperationProgress progress)
        {
        }

        public void Verbose(string message)
        {
        }

        public void Warning(string message) => Warnings.Add(message);
    }
}
