using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Failover.Hooks;

namespace HostingOps.Engine.Tests.Failover.Hooks;

public sealed class OutputTailTests
{
    private const string Secret = "s3cr3t/key+value";

    [Theory]
    [InlineData("AWS_SECRET_ACCESS_KEY")]
    [InlineData("AWS_ACCESS_KEY_ID")]
    [InlineData("aws_session_token")]
    [InlineData("PGPASSWORD")]
    [InlineData("ALERT_WEBHOOK")]
    [InlineData("STRIPE_API_KEY")]
    public void A_variable_whose_name_tells_is_masked(string name) => Assert.Equal("a***b***", Mask(name, Secret).Hide($"a{Secret}b{Secret}"));

    [Theory]
    [InlineData("HOME", "/home/ada-lovelace")]
    [InlineData("AWS_REGION", "eu-west-1")]
    [InlineData("TOKEN", "short")]
    [InlineData("TOKEN", "")]
    public void Other_variables_and_short_values_are_not(string name, string value) => Assert.Equal($"a{value}b", Mask(name, value).Hide($"a{value}b"));

    [Fact]
    public void Of_secrets_that_begin_alike_the_longer_goes_whole()
    {
        var mask = new SecretMask([KeyValuePair.Create("A_TOKEN", (string?)Secret), KeyValuePair.Create("B_TOKEN", (string?)(Secret + "-longer"))]);

        Assert.Equal("*** ***", mask.Hide($"{Secret}-longer {Secret}"));
    }

    [Fact]
    public void No_part_of_a_secret_shows_wherever_the_output_is_cut()
    {
        var tail = Gen.Choose(OutputTail.Limit - 60, OutputTail.Limit + 60);
        var size = Gen.Choose(1, 5000);
        Prop.ForAll(tail.Zip(size).ToArbitrary(), given =>
        {
            var (after, chunk) = given;
            var text = new string('.', 5000) + Secret + new string('.', after);
            var output = new OutputTail(Mask("A_TOKEN", Secret));
            foreach (var part in text.Chunk(chunk))
            {
                output.Append(part);
            }

            var (kept, omitted) = output.Take();
            Assert.True(kept.All(static c => c is '.' or '*'), kept[..60]);
            Assert.True(kept.Length <= OutputTail.Limit);
            Assert.True(omitted > 0);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_end_is_kept_to_the_byte_and_no_character_is_cut_in_half()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), Gen.Choose(1, 40000).ToArbitrary(), (text, repeat) =>
        {
            var whole = string.Concat(Enumerable.Repeat(StateText(text.Get) + "é🎉", repeat % 20000));
            var output = new OutputTail(Mask("A_TOKEN", Secret));
            output.Append(whole);

            var (kept, omitted) = output.Take();

            Assert.EndsWith(kept, whole, StringComparison.Ordinal);
            Assert.Equal(whole.Length, kept.Length + omitted);
            Assert.InRange(Encoding.UTF8.GetByteCount(kept), Math.Min(Encoding.UTF8.GetByteCount(whole), OutputTail.Limit - 3), OutputTail.Limit);
            Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(kept)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    private static string StateText(string text) => new(text.Where(c => !char.IsSurrogate(c) && c != '\uFFFD' && c != '\uFFFF').ToArray());

    private static SecretMask Mask(string name, string value) => new([KeyValuePair.Create(name, (string?)value)]);
}
