<#
.SYNOPSIS
    Runs the Pester suite on the assembled module; with -ResultPath it writes one line of JSON per test.
#>
[CmdletBinding()]
param(
    [string[]] $Path = $PSScriptRoot,
    [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.5
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = if ($ResultPath) { 'None' } else { 'Detailed' }
$run = Invoke-Pester -Configuration $configuration
if ($ResultPath) {
    $tests = foreach ($test in $run.Tests) {
        [pscustomobject]@{
            Name = $test.ExpandedPath
            Result = $test.Result
            Message = ($test.ErrorRecord | ForEach-Object { $_.Exception.Message }) -join "`n"
        }
    }
    # A file or a block that fails outside a test would otherwise pass unseen.
    $blocks = foreach ($block in @($run.FailedBlocks) + @($run.FailedContainers)) {
        [pscustomobject]@{ Name = "$block"; Result = 'Failed'; Message = ($block.ErrorRecord | ForEach-Object { $_.Exception.Message }) -join "`n" }
    }
    @($tests) + @($blocks) | Where-Object { $_ } | ForEach-Object { $_ | ConvertTo-Json -Compress } | Set-Content $ResultPath
}

exit ($run.Result -eq 'Passed' ? 0 : 1)
