BeforeDiscovery {
    Import-Module (& (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')) -Force
    $commands = Get-Command -Module HostingOps | ForEach-Object { @{ Command = $_.Name } }
}

BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force

    # A process of its own, for what depends on what was loaded before.
    function Invoke-FreshShell([string] $Script) {
        $text = "`$ErrorActionPreference = 'Stop'; `$module = '$modulePath'; $Script"
        $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($text))
        $answer = & ([Environment]::ProcessPath) -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand $encoded 2>&1
        [pscustomobject]@{ ExitCode = $LASTEXITCODE; Text = ($answer | Out-String).Trim() }
    }
}

Describe 'The module' {
    It 'has a manifest that PowerShell accepts' {
        $manifest = Test-ModuleManifest (Join-Path $modulePath 'HostingOps.psd1')
        $manifest.CompatiblePSEditions | Should -Be 'Core'
        $manifest.PowerShellVersion | Should -Be '7.4'
    }

    It 'exports the cmdlets of the manifest and nothing else' {
        $expected = (Import-PowerShellDataFile (Join-Path $modulePath 'HostingOps.psd1')).CmdletsToExport | Sort-Object
        (Get-Module HostingOps).ExportedCommands.Keys | Sort-Object | Should -Be $expected
        $expected.Count | Should -Be 40
    }

    It 'uses approved verbs only' {
        $approved = (Get-Verb).Verb
        (Get-Command -Module HostingOps).Verb | Where-Object { $_ -notin $approved } | Should -BeNullOrEmpty
    }

    It 'leaves no sandbox behind when the shell ends' {
        $shell = Invoke-FreshShell 'Import-Module $module; (Start-HostingSandbox).InventoryPath; exit 3'
        $shell.ExitCode | Should -Be 3
        $shell.Text | Should -Match 'hosting\.yml$'
        Split-Path $shell.Text | Should -Not -Exist
    }

    It 'ends a script with an exit code: <Code> for <Script>' -ForEach @(
        @{ Script = 'Get-HostedSite acme'; Code = 0 }
        @{ Script = 'Get-HostedSite nosuch'; Code = 1 }
        @{ Script = 'Get-HostedSite -InventoryPath ./none.yml'; Code = 1 }
    ) {
        $file = Join-Path $TestDrive 'job.ps1'
        Set-Content $file "`$ErrorActionPreference = 'Stop'; Import-Module '$modulePath'; `$env:HOSTINGOPS_INVENTORY = '$modulePath/samples/hosting.yml'; $Script"
        $null = & ([Environment]::ProcessPath) -NoProfile -NonInteractive -File $file 2>&1
        $LASTEXITCODE | Should -Be $Code
    }
}

Describe 'The help page of <Command>' -ForEach $commands {
    BeforeAll {
        $page = Get-Content (Join-Path $PSScriptRoot "../../docs/en-US/$Command.md") -Raw
    }

    It 'shows the syntax that the cmdlet has' {
        $syntax = (Get-Command $Command -Syntax).Trim() -replace '\r\n', "`n"
        $page -replace '\r\n', "`n" | Should -BeLike "*$([WildcardPattern]::Escape($syntax))*"
    }

    It 'tells of every parameter' {
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
        foreach ($name in (Get-Command $Command).Parameters.Keys | Where-Object { $_ -notin $common }) {
            $page | Should -MatchExactly "(?m)^- ``-$($name)``: "
        }
    }

    It 'shows examples that parse' {
        $examples = [regex]::Matches(($page -split '## Examples')[1], '(?s)```powershell\n(.*?)```')
        $examples.Count | Should -BeGreaterOrEqual 2
        foreach ($example in $examples) {
            $errors = $null
            $ast = [System.Management.Automation.Language.Parser]::ParseInput($example.Groups[1].Value, [ref]$null, [ref]$errors)
            $errors | Should -BeNullOrEmpty
            $ast | Should -Not -BeNullOrEmpty
        }
    }

    It 'is what Get-Help shows, in full' {
        $help = Get-Help $Command -Full
        $help.Synopsis | Should -Be ($page -split '\r?\n')[2]
        ($help.Description.Text -join ' ').Length | Should -BeGreaterThan 40
        @($help.Examples.Example).Count | Should -BeGreaterOrEqual 2
        @($help.Syntax.SyntaxItem).Count | Should -Be (Get-Command $Command).ParameterSets.Count
        $help.ReturnValues.ReturnValue.Type.Name | Should -Not -BeNullOrEmpty
    }

    It 'says of each parameter what is true of it' {
        foreach ($told in (Get-Help $Command -Full).Parameters.Parameter) {
            $real = (Get-Command $Command).Parameters[$told.Name]
            $sets = $real.ParameterSets.Values
            $real | Should -Not -BeNullOrEmpty -Because $told.Name
            $told.Description.Text | Should -Not -BeNullOrEmpty -Because $told.Name
            $told.Required | Should -Be ("$($sets.IsMandatory -contains $true)".ToLowerInvariant()) -Because $told.Name
            $ways = @(if ($sets.ValueFromPipeline -contains $true) { 'ByValue' }; if ($sets.ValueFromPipelineByPropertyName -contains $true) { 'ByPropertyName' }) -join ', '
            $told.PipelineInput | Should -BeExactly ($ways ? "true ($ways)" : 'false') -Because $told.Name
            $told.Globbing | Should -Be ("$([bool]($real.Attributes | Where-Object { $_ -is [System.Management.Automation.SupportsWildcardsAttribute] }))".ToLowerInvariant()) -Because $told.Name
            $position = @($sets.Position | Where-Object { $_ -ge 0 })
            $told.Position | Should -Be ($position.Count ? "$($position[0])" : 'named') -Because $told.Name
        }
    }
}
