using System.Runtime.InteropServices;
using HostingOps.Engine.State;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.State;

public sealed class StateLocationTests
{
    [Fact]
    public void Each_platform_has_its_own_folder()
    {
        Assert.Equal(P("/home/ada", ".local", "state", "hostingops", "state.db"), Resolve(OSPlatform.Linux));
        Assert.Equal(P("/srv/state", "hostingops", "state.db"), Resolve(OSPlatform.Linux, ("XDG_STATE_HOME", "/srv/state")));
        Assert.Equal(P("/home/ada", ".local", "state", "hostingops", "state.db"), Resolve(OSPlatform.Linux, ("XDG_STATE_HOME", "relative")));
        Assert.Equal(P("/home/ada", "Library", "Application Support", "HostingOps", "state.db"), Resolve(OSPlatform.OSX));
        Assert.Equal(P("/local", "HostingOps", "state.db"), Resolve(OSPlatform.Windows));
    }

    [Fact]
    public void A_given_path_comes_before_the_variable_and_the_variable_before_the_platform()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("own", "");

        string Named(string? path, string? variable) => StateLocation.Resolve(
            path, name => name == StateLocation.Variable ? variable : null, OSPlatform.Linux, "/home/ada", "");

        Assert.Equal(folder.Combine("a.db"), Named(folder.Combine("a.db"), folder.Combine("b.db")));
        Assert.Equal(folder.Combine("b.db"), Named(null, folder.Combine("b.db")));
        Assert.Equal(folder.Combine("b.db"), Named(" ", folder.Combine("b.db")));
        Assert.Equal(folder.Combine("state.db"), Named(folder.Path, null));
        Assert.Equal(P(folder.Path, "not.yet", "state.db"), Named(folder.Combine("not.yet") + Path.DirectorySeparatorChar, null));
        Assert.Equal(P(folder.Path, "notyet", "state.db"), Named(folder.Combine("notyet"), null));
        Assert.Equal(file, Named(file, null));
    }

    [Fact]
    public void An_account_without_a_home_is_told_to_set_the_variable()
    {
        var error = Assert.Throws<HostingException>(() => StateLocation.Resolve(null, _ => null, OSPlatform.Linux, "", ""));

        Assert.Equal(ErrorIds.StateUnavailable, error.ErrorId);
        Assert.Contains(StateLocation.Variable, error.RecommendedAction, StringComparison.Ordinal);
    }

    private static string P(params string[] parts) => Path.Combine(parts);

    private static string Resolve(OSPlatform platform, (string Name, string Value)? variable = null) => StateLocation.Resolve(
        null, name => name == variable?.Name ? variable.Value.Value : null, platform, "/home/ada", "/local");
}
